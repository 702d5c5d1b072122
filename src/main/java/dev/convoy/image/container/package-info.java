/**
 * Looks at files of pictures before a decoder gets them: whether they are whole, what size they
 * claim, how the camera was held, and how much work and memory their pixels can take. What says
 * nothing of pixels (profiles, previews, texts) is left out of what a decoder sees. What is wrong
 * with a file is an {@link java.io.IOException}. Decodes no pixels.
 */
package dev.convoy.image.container;
