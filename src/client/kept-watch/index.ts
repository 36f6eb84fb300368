export { type ChannelChange, changesOf, type KeptState } from './changes.js'
export { createLiveDisplay, type WatchDisplay } from './display.js'
export { renderChange } from './render-change.js'
