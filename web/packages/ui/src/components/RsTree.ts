// A tree of organisations or menus, with checking.
import { defineAsyncComponent } from 'vue'

export default defineAsyncComponent(() => import('./TreeView.vue'))
