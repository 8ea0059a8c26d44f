// The "projector" size: everything larger, for the back row.

// In a cookie, which all pages on this machine share whatever their port; a browser that keeps none keeps the size as long as
// the page.
const wasLarge = () => /(^|; )size=projector(;|$)/.test(document.cookie);
const named = large => large ? 'projector' : 'normal';

function apply(large) {
  document.documentElement.dataset.size = named(large);
  document.getElementById('projector')?.setAttribute('aria-pressed', large);
}

apply(wasLarge());

document.addEventListener('DOMContentLoaded', () => {
  const button = document.getElementById('projector');
  button.hidden = false;
  apply(wasLarge());
  button.addEventListener('click', () => {
    const large = button.getAttribute('aria-pressed') !== 'true';
    document.cookie = `size=${named(large)}; path=/; max-age=31536000; samesite=lax`;
    apply(large);
  });
});
