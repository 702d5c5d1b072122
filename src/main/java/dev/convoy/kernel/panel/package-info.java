/**
 * Products of matrices that lie in panels of four lane blocks, and their gradients: what Winograd's
 * convolution multiplies. How values come into panels belongs elsewhere.
 */
package dev.convoy.kernel.panel;
