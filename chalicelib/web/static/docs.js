// Shows the description of the interface.
window.SwaggerUIBundle({
  url: document.getElementById("docs").dataset.description,
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
});
