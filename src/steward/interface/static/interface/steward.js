// Enhances what already works without it.
import { initAll } from '../built/govuk-frontend.min.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();

// Filters stand open beside the list where there is room for both.
if (window.matchMedia('(min-width: 60em)').matches) {
  document.querySelectorAll('.steward-split--filters .steward-filters').forEach((panel) => {
    panel.open = true;
  });
}
