// A long list to search in. Short lists use radio buttons or the browser's own select.
import { defineAsyncComponent } from 'vue'

export default defineAsyncComponent(() => import('./ComboSelect.vue'))
