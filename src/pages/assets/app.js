// Small comforts. Every page does its work without them.

// Copy buttons appear only where they can copy.
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

// A form is sent once, however often its button is pressed. Coming back to the page makes it ready again.
for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
  });
}
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form')) delete form.dataset.sent;
});

// The appearance changes as soon as it is chosen.
document.querySelector('.theme select')?.addEventListener('change', (event) => event.target.form.requestSubmit());

// What is typed is checked by the server's own rule, line by line.
for (const area of document.querySelectorAll('[data-check]')) {
  const list = area.parentElement?.querySelector('.field-check');
  let timer;
  const check = async () => {
    const url = new URL(area.dataset.check, location.href);
    url.searchParams.set('value', area.value.slice(0, 4000));
    const kind = area.form?.querySelector('[name=kind]:checked')?.value;
    if (kind) url.searchParams.set('kind', kind);
    const answer = await fetch(url).catch(() => undefined);
    if (!answer?.ok || !list) return;
    const { results } = await answer.json();
    const items = results.map(({ line, good, message }) => {
      const item = document.createElement('li');
      item.className = good ? 'good' : 'bad';
      item.textContent = `${good ? '\u2713' : '\u2717'} ${line}: ${message}`;
      return item;
    });
    const shown = document.createElement('ul');
    shown.append(...items);
    list.replaceChildren(...(items.length > 0 ? [shown] : []));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(check, 300);
  };
  area.addEventListener('input', soon);
  for (const choice of area.form?.querySelectorAll('[name=kind]') ?? []) choice.addEventListener('change', soon);
}

// A file is read into the text that is sent, so that the form is the same without a script.
for (const field of document.querySelectorAll('[data-file-for]')) {
  const area = document.getElementById(field.dataset.fileFor);
  field.hidden = false;
  field.querySelector('input').addEventListener('change', async ({ target }) => {
    const [file] = target.files;
    if (file && area) area.value = await file.text();
  });
}

// Turns examples in several languages into tabs. The choice is stored, and applied wherever else that language is
// there.
const tabsKey = 'docs-tab';
const groups = [...document.querySelectorAll('[data-tabs]')].map(makeTabs);

function makeTabs(group, place) {
  const panels = [...group.querySelectorAll(':scope > [data-tab]')];
  const list = document.createElement('div');
  list.className = 'tab-list';
  list.setAttribute('role', 'tablist');
  const buttons = panels.map((panel, index) => {
    const button = document.createElement('button');
    panel.id = `tab-${place}-${index}`;
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
    const now = buttons.indexOf(document.activeElement);
    const next = buttons[(now + step + buttons.length) % buttons.length];
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
  // Tabs further up may have changed their height.
  scrollBy(0, button.getBoundingClientRect().top - before);
  try {
    localStorage.setItem(tabsKey, name);
  } catch {
    // Then it is not remembered.
  }
}

try {
  const remembered = localStorage.getItem(tabsKey);
  if (remembered) for (const show of groups) show(remembered);
} catch {
  // The first tab stays.
}
