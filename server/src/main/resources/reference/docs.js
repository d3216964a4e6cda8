// Starts Swagger UI on this server's own contract. In the demo the page carries the test key.
"use strict";
const ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  onComplete: () => {
    const key = document.body.dataset.apiKey;
    if (key) {
      ui.preauthorizeApiKey("apiKey", key);
    }
  },
});
