// Of the editor's panels, shows those that the chosen kind of question needs.
// What is filled in stays in sight whatever the kind: else nobody could empty it.

const ALWAYS_FILLED = new Set(["tolerance", "slips"]);

function isFilled(panel) {
  const fields = panel.querySelectorAll("input:not([type=hidden]):not([type=checkbox]), textarea");
  return [...fields].some((field) => field.value && !ALWAYS_FILLED.has(field.name));
}

function showFor(kind) {
  for (const panel of document.querySelectorAll("[data-kinds]")) {
    const fits = panel.dataset.kinds.split(" ").includes(kind.value);
    const isField = panel.tagName !== "TR";
    panel.hidden = !fits && !(isField && isFilled(panel));
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const kind = document.querySelector("select[name=kind]");
  if (!kind) return;
  const show = () => showFor(kind);
  kind.addEventListener("change", show);
  // Options that are added bring fields of their own.
  const options = document.getElementById("id_options-FORMS");
  if (options) new MutationObserver(show).observe(options, { childList: true });
  show();
});
