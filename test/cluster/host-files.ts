/** Folder of the CNI plugins, where Debian installs them. */
export const CNI_PLUGINS = '/usr/lib/cni';

/** The busybox that needs no libraries. */
export const BUSYBOX = '/bin/busybox';
