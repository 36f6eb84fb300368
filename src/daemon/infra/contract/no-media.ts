import { SnetError } from '../../../shared/errors.js'
import type { Era } from './berty.js'

/** The refusal of a media test beside a Berty that has no media. */
export const noMedia = (era: Era): SnetError =>
  new SnetError('wrong-state', `this Berty (era ${era}) has no media any more: the test cannot be sent`, {
    hint: 'Ask for its noise as text (--media-as-text, media_as_text), or use a Berty up to v2.434.7.',
  })
