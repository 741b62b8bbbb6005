// Dates and months: the Element Plus picker where there is a mouse, the device's own wheel where there is a finger.
import { defineAsyncComponent } from 'vue'
import NativeDate from './NativeDate.vue'

const coarse = typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches
export default coarse ? NativeDate : defineAsyncComponent({ loader: () => import('./PickerDate.vue'), loadingComponent: NativeDate, delay: 0 })
