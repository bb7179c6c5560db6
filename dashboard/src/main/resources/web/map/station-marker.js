/** A circle on the map's canvas with a character in it: colour alone does not tell a level to everybody. */
export const StationMarker = L.CircleMarker.extend({
  _updatePath() {
    this._renderer._updateCircle(this);
    const { label, ink, radius } = this.options;
    const canvas = this._renderer._ctx;
    if (!label || !this._renderer._drawing || this._empty()) return;
    canvas.fillStyle = ink;
    canvas.font = `600 ${Math.round(radius * 1.25)}px system-ui, sans-serif`;
    canvas.textAlign = "center";
    canvas.textBaseline = "middle";
    canvas.fillText(label, this._point.x, this._point.y + 0.5);
  },
});
