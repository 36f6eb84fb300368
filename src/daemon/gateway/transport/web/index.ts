export { type FormOf, webForms } from './forms.js'
