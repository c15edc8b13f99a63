/** The peers are installed by the bench alone; to everything else they are unknown shapes. */
declare module '@hocuspocus/server';
declare module '@y/websocket-server/utils';
declare module 'y-prosemirror';
declare module 'y-socket.io/dist/server';
declare module 'lighthouse';
declare module 'chrome-launcher';
