/**
 * Kernel filters: a small matrix slides over a picture, and its sums of products make a new one.
 * Edges, blur, sharpening and the like.
 */
package dev.convoy.image.filter;
