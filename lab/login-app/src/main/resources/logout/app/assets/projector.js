// The "projector" size: everything larger, for the back row.

// In a cookie, which all pages on this machine share whatever their port; a browser that keeps none keeps the size as long as
// the page.
const remembered = {
  read: () => /(^|; )size=projector(;|$)/.test(document.cookie),
  write(large) { document.cookie = `size=${large ? 'projector' : 'normal'}; path=/; max-age=31536000; samesite=lax`; },
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
