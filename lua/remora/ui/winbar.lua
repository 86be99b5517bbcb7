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
---@field width integer of the window
---@field decided integer
---@field total integer hunks
---@field errors integer that the proposals add
---@field on_hunk boolean whether the cursor is on a hunk
---@field before boolean whether there is a hunk before the cursor
---@field after boolean
---@field takes? string of several proposals, the one that an approve here takes

--- Leave out what a narrow window has no room for, the smallest `least` first.
local function fit(parts, width)
  local function used()
    return vim.iter(parts):fold(-2, function(sum, part)
      return sum + 2 + vim.fn.strdisplaywidth((part.key or "") .. part.text)
    end)
  end
  for least = 1, 3 do
    for i = #parts, 1, -1 do
      if parts[i].least == least and used() > width then
        table.remove(parts, i)
      end
    end
  end
end

local function statusline(part)
  local text = part.text:gsub("%%", "%%%%")
  local key = part.key and ("%%#RemoraWinbarKey#%s"):format((part.key:gsub("%%", "%%%%"))) or ""
  return ("%s%%#%s#%s"):format(key, part.group or "RemoraWinbar", text)
end

--- The line of a review, in statusline syntax. It names only keys that do something where the cursor is.
---@param bar remora.Bar
---@param keys table<string, string|false>
---@return string
function M.text(bar, keys)
  local parts = {} ---@type { text: string, key?: string, least?: integer, group?: string }[]
  local function add(text, key, least)
    parts[#parts + 1] = { text = text, key = key, least = least }
  end
  local function key(name, word, shown, least)
    if keys[name] and shown then
      add(" " .. word, keys[name], least)
    end
  end
  add((" remora %d/%d"):format(bar.decided, bar.total))
  if bar.errors > 0 then
    add(("adds %d %s"):format(bar.errors, bar.errors == 1 and "error" or "errors"))
    parts[2].group = "DiagnosticError"
  end
  key("accept", "accept", bar.on_hunk)
  key("dismiss", "dismiss", bar.on_hunk)
  key("next", bar.on_hunk and "next" or "next hunk", bar.after, bar.on_hunk and 2 or nil)
  key("prev", bar.on_hunk and "prev" or "previous hunk", bar.before, 1)
  add(
    bar.takes and ":RemoraApprove takes " .. bar.takes or ":RemoraApprove :RemoraReject",
    nil,
    not bar.takes and 3 or nil
  )
  fit(parts, bar.width)
  return table.concat(vim.tbl_map(statusline, parts), "  ")
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
