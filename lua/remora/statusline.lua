--- A component for the statusline: what Remora is doing, from a cached table; it never calls Python.
local M = {}

local cached = ""

--- For example `remora: writing`, `remora: writing (2)`, `remora: review 1/3`; empty when there is nothing to tell.
---@return string
function M.get()
  return cached
end

--- Keep the text for the next drawing, and have the statusline drawn when it changed.
---@param text string
function M.set(text)
  if text ~= cached then
    cached = text
    vim.cmd.redrawstatus({ bang = true })
  end
end

return M
