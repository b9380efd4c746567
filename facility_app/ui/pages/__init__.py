"""The pages of the window, one file each; each is loaded when it is first shown."""
