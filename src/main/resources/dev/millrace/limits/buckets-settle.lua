-- Puts what was used in the place of what was taken. KEYS: the buckets. ARGV: the window in microseconds, the time in microseconds or
-- '' for the server's own, what was used, then for each bucket its quota and what was taken. A bucket that nobody keeps is full.
local window = tonumber(ARGV[1])
local now = tonumber(ARGV[2])
local used = tonumber(ARGV[3])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000000 + time[2]
end
for i, key in ipairs(KEYS) do
    local quota = tonumber(ARGV[2 + 2 * i])
    local taken = math.min(tonumber(ARGV[3 + 2 * i]), quota)
    local kept = redis.call('HMGET', key, 'level', 'at')
    local level = quota
    if kept[1] then
        level = math.min(quota, tonumber(kept[1]) + math.max(0, now - tonumber(kept[2])) * quota / window)
    end
    level = math.max(-quota, math.min(quota, level + taken - used))
    redis.call('HSET', key, 'level', string.format('%.6f', level), 'at', string.format('%.0f', now))
    redis.call('PEXPIRE', key, math.ceil(window / 500))
end
return {#KEYS}
