/// Forecasts for people with a file and no server: `fit FILE.csv` and `backtest FILE.csv`.
@NullMarked
package ai.quimbi.server.app.forecast;

import org.jspecify.annotations.NullMarked;
