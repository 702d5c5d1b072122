/**
 * Networks by name: each of the field's well-known networks as code that builds it, one file a
 * family. Names of layers are those of torchvision where it has the network, so that its weights
 * fit. What is not known by a name of its own does not belong here.
 */
package dev.convoy.nn.preset;
