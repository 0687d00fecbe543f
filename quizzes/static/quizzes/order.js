// Steps are moved by buttons. Without this file each has a select, which goes on to hold its place.

for (const list of document.querySelectorAll("[data-order]")) {
  const status = list.parentElement.querySelector("[role=status]");
  const steps = () => [...list.children];
  const select = (step) => step.querySelector("select");

  const number = () => {
    const all = steps();
    all.forEach((step, index) => {
      select(step).value = index + 1;
      step.querySelector(".order__place").textContent = index + 1;
      step.querySelector("[data-move=up]").ariaDisabled = index === 0;
      step.querySelector("[data-move=down]").ariaDisabled = index === all.length - 1;
    });
  };

  // The neighbour moves, so that the button that was pressed keeps the focus.
  const move = (step, direction) => {
    const neighbour = direction === "up" ? step.previousElementSibling : step.nextElementSibling;
    if (!neighbour) return;
    if (direction === "up") step.after(neighbour);
    else step.before(neighbour);
    number();
    select(step).dispatchEvent(new Event("change", { bubbles: true }));
    status.textContent = list.dataset.order
      .replace("{step}", step.querySelector("label").textContent)
      .replace("{place}", steps().indexOf(step) + 1)
      .replace("{total}", steps().length);
  };

  // What was placed before comes first, in its order; a browser that goes back fills it in late.
  const begin = () => {
    const place = (step) => Number(select(step).value) || Infinity;
    list.append(...steps().sort((one, other) => place(one) - place(other) || 0));
    number();
  };

  for (const step of steps()) {
    select(step).hidden = true;
    for (const hidden of step.querySelectorAll(".order__place, .order__moves")) hidden.hidden = false;
    for (const button of step.querySelectorAll("[data-move]")) {
      button.addEventListener("click", () => move(step, button.dataset.move));
    }
  }
  begin();
  window.addEventListener("pageshow", begin);
}
