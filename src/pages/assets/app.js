// Enhancements of the pages. Every page works without them.

// Shows copy buttons where the clipboard is available.
for (const button of document.querySelectorAll('[data-copy]')) {
  const code = button.parentElement?.querySelector('code');
  if (!code || !navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code.textContent ?? '');
    button.textContent = button.dataset.copied ?? label;
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
}

// Sends each form once, even if its button is pressed again. Returning to the page by the back button resets this.
for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
  });
}
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form')) delete form.dataset.sent;
});

// Sends the form of the theme when a theme is chosen.
document.querySelector('.theme select')?.addEventListener('change', (event) => event.target.form.requestSubmit());

// While the user types, the server checks each line of a text area at the address in `data-check`.
for (const area of document.querySelectorAll('[data-check]')) {
  const output = area.parentElement?.querySelector('.field-check');
  let timer;
  const check = async () => {
    const url = new URL(area.dataset.check, location.href);
    url.searchParams.set('value', area.value.slice(0, 4000));
    const kind = area.form?.querySelector('[name=kind]:checked')?.value;
    if (kind) url.searchParams.set('kind', kind);
    const response = await fetch(url).catch(() => undefined);
    if (!response?.ok || !output) return;
    const { results } = await response.json();
    const items = results.map(({ line, good, message }) => {
      const item = document.createElement('li');
      item.className = good ? 'good' : 'bad';
      item.textContent = `${good ? '\u2713' : '\u2717'} ${line}: ${message}`;
      return item;
    });
    const listed = document.createElement('ul');
    listed.append(...items);
    output.replaceChildren(...(items.length > 0 ? [listed] : []));
  };
  const checkSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(check, 300);
  };
  area.addEventListener('input', checkSoon);
  for (const choice of area.form?.querySelectorAll('[name=kind]') ?? []) choice.addEventListener('change', checkSoon);
}

// Reads a chosen file into the text area that is sent, so that the form is the same with and without the script.
for (const field of document.querySelectorAll('[data-file-for]')) {
  const area = document.getElementById(field.dataset.fileFor);
  field.hidden = false;
  field.querySelector('input').addEventListener('change', async ({ target }) => {
    const [file] = target.files;
    if (file && area) area.value = await file.text();
  });
}

// Turns examples in several languages into tabs. The chosen language is stored, and applies to all groups of tabs that
// have it.
const tabsKey = 'docs-tab';
const groups = [...document.querySelectorAll('[data-tabs]')].map(createTabs);

function createTabs(group, groupIndex) {
  const panels = [...group.querySelectorAll(':scope > [data-tab]')];
  const list = document.createElement('div');
  list.className = 'tab-list';
  list.setAttribute('role', 'tablist');
  const buttons = panels.map((panel, index) => {
    const button = document.createElement('button');
    panel.id = `tab-${groupIndex}-${index}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-label', panel.dataset.tab);
    button.type = 'button';
    button.textContent = panel.dataset.tab;
    button.setAttribute('role', 'tab');
    button.setAttribute('aria-controls', panel.id);
    button.addEventListener('click', () => chooseTab(panel.dataset.tab, button));
    return button;
  });
  list.append(...buttons);
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const current = buttons.indexOf(document.activeElement);
    const next = buttons[(current + step + buttons.length) % buttons.length];
    next.focus();
    chooseTab(next.textContent, next);
    event.preventDefault();
  });
  group.prepend(list);
  group.classList.add('tabs-live');
  const show = (name) => {
    const chosen = panels.findIndex((panel) => panel.dataset.tab === name);
    if (chosen === -1) return;
    panels.forEach((panel, index) => {
      panel.hidden = index !== chosen;
      buttons[index].setAttribute('aria-selected', String(index === chosen));
      buttons[index].tabIndex = index === chosen ? 0 : -1;
    });
  };
  show(panels[0].dataset.tab);
  return show;
}

function chooseTab(name, button) {
  const before = button.getBoundingClientRect().top;
  for (const show of groups) show(name);
  // Groups above may have changed their height: keep the button where it is on the screen.
  scrollBy(0, button.getBoundingClientRect().top - before);
  try {
    localStorage.setItem(tabsKey, name);
  } catch {
    // Without storage the choice applies to this page only.
  }
}

try {
  const stored = localStorage.getItem(tabsKey);
  if (stored) for (const show of groups) show(stored);
} catch {
  // Without storage the first tab stays selected.
}
