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
