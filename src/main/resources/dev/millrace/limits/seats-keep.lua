-- Extends the lease of a seat in all of its rows; one that the Redis has forgotten is noted again. KEYS: the rows. ARGV: the lease in
-- microseconds, the seat's name.
local time = redis.call('TIME')
local lease = tonumber(ARGV[1])
local lapses = string.format('%.0f', time[1] * 1000000 + time[2] + lease)
for _, key in ipairs(KEYS) do
    redis.call('ZADD', key, lapses, ARGV[2])
    redis.call('PEXPIRE', key, math.ceil(lease / 500))
end
return {#KEYS}
