/** Events that tell that somebody is there. */
export const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
