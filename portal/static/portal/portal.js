// Four comforts. Every page works without this file.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("[data-copy-words]").textContent = button.dataset.copied;
  });
}

// The menu "More" closes by Escape, and when one goes on elsewhere.
const more = document.querySelector(".bar__more");
more?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !more.open) return;
  more.open = false;
  more.querySelector("summary").focus();
});
if (more) {
  for (const kind of ["click", "focusin"]) {
    document.addEventListener(kind, (event) => {
      if (!more.contains(event.target)) more.open = false;
    });
  }
}

document.querySelector("[data-error-summary]")?.focus();

// Answers that wait in this browser (sitting.js) leave it with their author.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.action.endsWith("/logout/")) return;
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith("answer:")) localStorage.removeItem(name);
  }
});
