/// Tests of what is made of the contract.
@NullMarked
package ai.quimbi.server.app.contract;

import org.jspecify.annotations.NullMarked;
