// The form engine: an item's form sections as questions, live checks, drafts that survive, materials.

export { default as FormField } from './components/FormField.vue'
export { default as FormSections } from './components/FormSections.vue'
export { default as FormAnswers } from './components/FormAnswers.vue'
export { default as SaveMark } from './components/SaveMark.vue'
export { default as MaterialList } from './components/MaterialList.vue'
export { useDraft, useLocalForm, type DraftState, type FormModel } from './useDraft.ts'
export { Saver, forgetNotes, noteKey, type SaveStatus } from './saver.ts'
export { displayValue, sameValue } from './display.ts'
export { applies, boundOf, faultOf, faultsOf, fieldsOf, filled, isEmpty, isVisible, sectionVisible, type Values } from './validate.ts'
export * from './checks.ts'
