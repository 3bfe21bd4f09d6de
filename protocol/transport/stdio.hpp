#pragma once

#include <atomic>
#include <mutex>

#include "protocol/transport/lines.hpp"
#include "protocol/transport/transport.hpp"

namespace transport {

/// A server's side of a pipe pair: it reads standard input and writes standard output, which from
/// then on belong to it alone. Broken pipes no longer kill the process. read() ignores its deadline
/// and close() does not end a read() that waits: a server reads until its client closes the pipe.
class Stdio final : public Transport {
 public:
  Stdio() : Stdio(0, 1) {}
  /// The descriptors stay the caller's to close.
  Stdio(int in, int out);

  Received read(Deadline deadline) override;
  bool write(std::string_view message, Deadline deadline) override;
  void close() override { closed_ = true; }

 private:
  const int in_;
  const int out_;
  std::atomic<bool> closed_{false};  // Set once, when nothing more can be written.
  LineBuffer lines_;                 // The reading thread's.
  std::mutex write_mutex_;           // One message at a time goes to out_.
};

}  // namespace transport
