export { followMetadata, type MetadataFollower } from './follow.js'
export { type MetadataConfig, openMetadata, type ServiceContext } from './metadata.js'
