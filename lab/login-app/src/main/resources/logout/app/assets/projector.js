// The "projector" size: everything larger, for the back row. The page remembers it.

const remembered = {
  // A browser that keeps nothing for this site throws; then the size lasts as long as the page.
  read() { try { return localStorage.getItem('size') === 'projector'; } catch { return false; } },
  write(large) { try { localStorage.setItem('size', large ? 'projector' : 'normal'); } catch { /* see above */ } },
};

function apply(large) {
  document.documentElement.dataset.size = large ? 'projector' : 'normal';
  document.getElementById('projector')?.setAttribute('aria-pressed', large);
}

apply(remembered.read());

document.addEventListener('DOMContentLoaded', () => {
  const button = document.getElementById('projector');
  button.hidden = false;
  apply(remembered.read());
  button.addEventListener('click', () => {
    const large = button.getAttribute('aria-pressed') !== 'true';
    remembered.write(large);
    apply(large);
  });
});
