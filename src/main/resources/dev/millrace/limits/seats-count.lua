-- Counts the seats that are taken in each row. KEYS: the rows.
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000000 + time[2])
local counts = {}
for i, key in ipairs(KEYS) do
    counts[i] = redis.call('ZCOUNT', key, '(' .. now, '+inf')
end
return counts
