--- What the user reads in the message area: errors, and the end of an approve. Nothing else is shown there.
local M = {}

local shown = {}

local function say(message, level)
  message = message:gsub("^remora: ", "")
  vim.notify("remora: " .. message, level)
end

--- Show an error once: several requests that fail for one reason make one message.
---@param message string
function M.error(message)
  if not shown[message] then
    shown[message] = true
    say(message, vim.log.levels.ERROR)
  end
end

--- Show that something did not happen, though nothing failed.
---@param message string
function M.warn(message)
  if not shown[message] then
    shown[message] = true
    say(message, vim.log.levels.WARN)
  end
end

--- Show a result.
---@param message string
function M.info(message)
  say(message, vim.log.levels.INFO)
end

--- The user asked for something new: the same error may be shown again.
function M.reset()
  shown = {}
end

return M
