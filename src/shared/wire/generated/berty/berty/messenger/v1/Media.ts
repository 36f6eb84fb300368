// Original file: proto/berty/messenger/v1/messenger.proto


export interface MediaInput {
  'cid'?: (string);
  'mime_type'?: (string);
  'filename'?: (string);
  'display_name'?: (string);
}

export interface Media {
  'cid'?: (string);
  'mime_type'?: (string);
  'filename'?: (string);
  'display_name'?: (string);
}
