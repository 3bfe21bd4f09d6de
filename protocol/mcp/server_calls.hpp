#pragma once

#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include "protocol/jsonrpc/message.hpp"

namespace mcp {

/// The calls that were received on one connection and are not answered yet. From any thread.
class Calls {
 public:
  struct Entry {
    jsonrpc::Id id{};
    std::stop_source stop{};
    bool cancelled{};  // Guarded by the mutex_ of Calls.
  };

  std::shared_ptr<Entry> begin(jsonrpc::Id id);

  /// The client took the request back; an id that is unknown, or answered already, is ignored.
  void cancel(const jsonrpc::Id& id);

  /// False once the client took the call back.
  bool wanted(const Entry& entry);

  /// The call is over. False if it was cancelled: then it must not be answered.
  bool end(const Entry& entry);

  /// Tells every call to stop; they are still answered.
  void stop_all();

 private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<Entry>> entries_;  // Guarded by mutex_.
};

}  // namespace mcp
