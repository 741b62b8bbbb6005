// Single-key shortcuts. They rest while somebody types, while a dialog is open, and when switched off (WCAG 2.1.4).
import { onBeforeUnmount, onMounted, ref, watch } from 'vue'

const STORE = 'renshe.desk.keys'
export const keysOn = ref(read())

function read(): boolean {
  try {
    return localStorage.getItem(STORE) !== 'off'
  } catch {
    return true
  }
}
watch(keysOn, (on) => {
  try {
    localStorage.setItem(STORE, on ? 'on' : 'off')
  } catch {
    // Lasts as long as the page.
  }
})

export interface Shortcut {
  key: string
  text: string
  run: () => void
}

export const shortcuts = ref<{ title: string; keys: Shortcut[] }[]>([])

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** Registers a page's shortcuts while it is shown; the keyboard help lists them. */
export function useKeys(title: string, keys: Shortcut[]): void {
  const group = { title, keys }
  const press = (event: KeyboardEvent): void => {
    if (!keysOn.value || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (typing(event.target) || document.querySelector('dialog[open]')) return
    const found = keys.find((entry) => entry.key === event.key)
    // Enter and space belong to the button or link that has the focus.
    if (!found || (event.key === 'Enter' && event.target instanceof HTMLElement && /^(A|BUTTON|SUMMARY)$/.test(event.target.tagName))) return
    event.preventDefault()
    found.run()
  }
  onMounted(() => {
    shortcuts.value = [...shortcuts.value, group]
    document.addEventListener('keydown', press)
  })
  onBeforeUnmount(() => {
    shortcuts.value = shortcuts.value.filter((entry) => entry.title !== title)
    document.removeEventListener('keydown', press)
  })
}
