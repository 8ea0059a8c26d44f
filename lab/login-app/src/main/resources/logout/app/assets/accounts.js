// The buttons that type a demo account into the login form.

document.addEventListener('click', ({ target }) => {
  if (!target.dataset.username) return;
  document.getElementById('username').value = target.dataset.username;
  document.getElementById('password').value = target.dataset.password;
  document.getElementById('log-in').focus();
});
