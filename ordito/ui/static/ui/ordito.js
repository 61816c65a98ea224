// What the pages add when scripts run: everything works without.

// A refused form comes back with 422: htmx must show it.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) event.detail.shouldSwap = true;
});

document.getElementById("errori")?.focus();

// On a narrow screen the menu scrolls sideways: where one is must be in sight.
const tab = document.querySelector(".district-nav [aria-current]");
if (tab) {
  const menu = tab.closest("ul");
  menu.scrollLeft = tab.offsetLeft - (menu.clientWidth - tab.offsetWidth) / 2;
}

// The roll: arrows move between the organisations, and the counter follows the ticks.
const roll = document.querySelector("[data-roll]");
if (roll) {
  const ticks = [...roll.querySelectorAll("[data-tick]")];
  const counter = document.querySelector("[data-roll-count]");
  const count = () => {
    if (counter) counter.textContent = ticks.filter((tick) => tick.checked).length;
  };
  roll.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = ticks.indexOf(event.target);
    if (!step || here < 0) return;
    event.preventDefault();
    ticks[here + step]?.focus();
  });
  roll.addEventListener("change", count);
  count();

  // Whoever is writing stays signed in, and leaving with unsaved ticks asks first.
  setInterval(() => { if (isDirty) fetch(roll.dataset.roll, { method: "HEAD" }); }, 600000);
  let isDirty = false;
  roll.addEventListener("input", () => { isDirty = true; });
  roll.addEventListener("submit", () => { isDirty = false; });
  window.addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });
}

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
