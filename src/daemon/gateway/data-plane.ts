/** Whose HTTP/2 is spoken: that of Node, or the frame layer that is ours. Both keep the same promises. */
export type DataPlane = 'node' | 'frames'
