// How this person likes to read: large print and high contrast, kept on the device.

import { reactive, watch } from 'vue'

export interface Prefs {
  large: boolean
  contrast: boolean
}

const KEY = 'renshe.prefs'

function stored(): Prefs {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Prefs>
    return { large: found.large === true, contrast: found.contrast === true }
  } catch {
    return { large: false, contrast: false }
  }
}

export const prefs = reactive<Prefs>(stored())

function apply(): void {
  const root = document.documentElement
  if (prefs.large) root.dataset['size'] = 'large'
  else delete root.dataset['size']
  if (prefs.contrast) root.dataset['contrast'] = 'high'
  else delete root.dataset['contrast']
}

/** Called once before the page is drawn. */
export function startPrefs(): void {
  apply()
  watch(prefs, () => {
    apply()
    try {
      localStorage.setItem(KEY, JSON.stringify(prefs))
    } catch {
      // Private windows may forbid storage; the choice then lasts as long as the page.
    }
  })
}
