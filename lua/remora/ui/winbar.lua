--- A line above a window while its buffer is under review; the window's own winbar comes back afterwards.
local M = {}

local before = {} ---@type table<integer, table<integer, string>> buffer -> window -> its winbar
local LOCAL = { scope = "local" }

local function set(win, text)
  vim.api.nvim_set_option_value("winbar", text, vim.tbl_extend("force", LOCAL, { win = win }))
end

--- Show `text` (in statusline syntax) above each window on `buf`.
---@param buf integer
---@param text string
function M.show(buf, text)
  before[buf] = before[buf] or {}
  for _, win in ipairs(vim.fn.win_findbuf(buf)) do
    if not before[buf][win] then
      before[buf][win] = vim.wo[win].winbar
    end
    set(win, text)
  end
end

--- Put the windows' own winbars back.
---@param buf integer
function M.hide(buf)
  local own = before[buf]
  before[buf] = nil
  for _, win in ipairs(own and vim.fn.win_findbuf(buf) or {}) do
    set(win, own[win] or "")
    own[win] = nil
  end
  -- A window that shows another buffer now remembers the line for this one.
  if own and next(own) and vim.api.nvim_buf_is_valid(buf) then
    vim.api.nvim_create_autocmd("BufWinEnter", {
      buffer = buf,
      once = true,
      callback = function()
        set(0, own[vim.api.nvim_get_current_win()] or "")
      end,
    })
  end
end

return M
