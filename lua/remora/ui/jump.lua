--- Going to a place in a file; |CTRL-O| leads back.
local M = {}

local notice = require("remora.notice")

---@class remora.Target
---@field file string absolute
---@field row integer 0-based
---@field col integer 0-based, in bytes

--- Show `target` in the current window.
---@param target remora.Target? nil: it has no place in the workspace
function M.to(target)
  if not target then
    return notice.warn("that is outside the workspace, so there is nothing to go to.")
  elseif not vim.uv.fs_stat(target.file) and vim.fn.bufexists(target.file) == 0 then
    return notice.warn(("%s is gone; ask again."):format(vim.fn.fnamemodify(target.file, ":.")))
  end
  vim.cmd("normal! m'")
  if vim.api.nvim_buf_get_name(0) ~= target.file then
    local ok, message = pcall(vim.cmd.edit, vim.fn.fnameescape(target.file))
    if not ok then
      return notice.error((tostring(message):gsub("^.-(E%d+)", "%1")))
    end
  end
  -- The text may have become shorter since.
  local row = math.min(target.row, vim.api.nvim_buf_line_count(0) - 1)
  local line = vim.api.nvim_buf_get_lines(0, row, row + 1, false)[1]
  vim.api.nvim_win_set_cursor(0, { row + 1, math.min(target.col, #line) })
  vim.cmd("normal! zv")
end

return M
