/** Of the classic protocol; the X Protocol has another one. */
export const usualPort = 3_306;
