--- A line above a window while its buffer is under review; the window's own winbar comes back afterwards.
local M = {}

local before = {} ---@type table<integer, table<integer, string>> buffer -> window -> its winbar
local LOCAL = { scope = "local" }

local function set(win, text)
  vim.api.nvim_set_option_value("winbar", text, vim.tbl_extend("force", LOCAL, { win = win }))
end

--- Show a line above each window on `buf`.
---@param buf integer
---@param text_of fun(win: integer): string in statusline syntax
function M.show(buf, text_of)
  before[buf] = before[buf] or {}
  for _, win in ipairs(vim.fn.win_findbuf(buf)) do
    if not before[buf][win] then
      before[buf][win] = vim.wo[win].winbar
    end
    local text = text_of(win)
    if vim.wo[win].winbar ~= text then
      set(win, text)
    end
  end
end

---@class remora.Bar what the line above a review tells
---@field decided integer
---@field total integer hunks
---@field errors integer that the proposals add
---@field on_hunk boolean whether the cursor is on a hunk
---@field before boolean whether there is a hunk before the cursor
---@field after boolean
---@field takes? string of several proposals, the one that an approve here takes

--- The line of a review, in statusline syntax. It names only keys that do something where the cursor is.
---@param bar remora.Bar
---@param keys table<string, string|false>
---@return string
function M.text(bar, keys)
  local parts = { ("%%#RemoraWinbar# remora %d/%d"):format(bar.decided, bar.total) }
  local function add(name, word, shown)
    if keys[name] and shown then
      parts[#parts + 1] = ("%%#RemoraWinbarKey#%s%%#RemoraWinbar# %s"):format(keys[name]:gsub("%%", "%%%%"), word)
    end
  end
  if bar.errors > 0 then
    local noun = bar.errors == 1 and "error" or "errors"
    parts[#parts + 1] = ("%%#DiagnosticError#adds %d %s%%#RemoraWinbar#"):format(bar.errors, noun)
  end
  add("accept", "accept", bar.on_hunk)
  add("dismiss", "dismiss", bar.on_hunk)
  add("next", bar.on_hunk and "next" or "next hunk", bar.after)
  add("prev", bar.on_hunk and "prev" or "previous hunk", bar.before)
  parts[#parts + 1] = bar.takes and "%<:RemoraApprove takes " .. bar.takes:gsub("%%", "%%%%")
    or "%<:RemoraApprove :RemoraReject"
  return table.concat(parts, "  ")
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
