// Loaded by processes in which runs of the engine come and go. grpc-js shares connections by their address, and the
// system gives the port of an engine that has ended to a later one: that nobody answered there would be held against the
// later one for a second. Here every client has connections of its own.
const pools = require("@grpc/grpc-js/build/src/subchannel-pool");

pools.getSubchannelPool = () => new pools.SubchannelPool();
