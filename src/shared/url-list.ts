/** The URLs of a text that has them separated by commas; a comma within one is followed by no scheme. */
export const splitUrls = (text: string): string[] => text.split(/\s*,\s*(?=[a-z][a-z0-9+.-]*:\/\/)/i)
