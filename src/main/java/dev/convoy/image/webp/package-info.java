/**
 * Decodes WebP: the container, lossy key frames of VP8, lossless frames, alpha, and the first frame
 * of animations, to the same pixels as libwebp, the reference decoder, makes. What is wrong with a
 * file is an {@link java.io.IOException}. Knows nothing of networks, and nothing of other formats.
 * Sources: RFC 9649 (WebP, container and lossless), RFC 6386 (VP8).
 */
package dev.convoy.image.webp;
