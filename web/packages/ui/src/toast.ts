// Short confirmations. Anything that must be acted upon belongs in the page, not here.
import { reactive } from 'vue'

export interface Toast {
  id: number
  kind: 'good' | 'bad' | 'info'
  text: string
}

export const toasts = reactive<Toast[]>([])
let next = 1

function show(kind: Toast['kind'], text: string, ms: number): void {
  const id = next++
  toasts.push({ id, kind, text })
  setTimeout(() => {
    const at = toasts.findIndex((toast) => toast.id === id)
    if (at >= 0) toasts.splice(at, 1)
  }, ms)
}

export const toast = {
  good: (text: string) => show('good', text, 2600),
  info: (text: string) => show('info', text, 3200),
  bad: (text: string) => show('bad', text, 5200),
}
