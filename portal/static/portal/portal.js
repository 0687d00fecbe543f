// Two comforts. Every page works without this file.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("[data-copy-words]").textContent = button.dataset.copied;
  });
}

document.querySelector("[data-error-summary]")?.focus();
