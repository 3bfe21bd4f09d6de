#include "protocol/transport/in_memory.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace transport {
namespace {

/// One direction.
class Channel {
 public:
  bool put(std::string_view message) {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    messages_.push_back(message.size() <= kMessageMax
                            ? Received{.event = Event::Message,
                                       .bytes = std::string(message),
                                       .length = message.size()}
                            : Received{.event = Event::TooLong,
                                       .bytes = std::string(message.substr(0, kBeginningKept)),
                                       .length = message.size()});
    changed_.notify_all();
    return true;
  }

  Received take(Deadline deadline) {
    std::unique_lock lock(mutex_);
    const auto ready = [this] { return closed_ || !messages_.empty(); };
    if (!deadline) {
      changed_.wait(lock, ready);
    } else if (!changed_.wait_until(lock, *deadline, ready)) {
      return {.event = Event::Late};
    }
    if (messages_.empty()) return {.event = Event::End};
    Received message = std::move(messages_.front());
    messages_.pop_front();
    return message;
  }

  void close(bool drop) {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    if (drop) messages_.clear();
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;  // With mutex_.
  std::deque<Received> messages_;    // Guarded by mutex_.
  bool closed_{};                    // Guarded by mutex_.
};

class InMemory final : public Transport {
 public:
  InMemory(std::shared_ptr<Channel> in, std::shared_ptr<Channel> out)
      : in_(std::move(in)), out_(std::move(out)) {}
  ~InMemory() override { InMemory::close(); }

  Received read(Deadline deadline) override { return in_->take(deadline); }
  bool write(std::string_view message, Deadline) override { return out_->put(message); }
  void close() override {
    out_->close(false);
    in_->close(true);
  }

 private:
  std::shared_ptr<Channel> in_;
  std::shared_ptr<Channel> out_;
};

}  // namespace

std::pair<std::unique_ptr<Transport>, std::unique_ptr<Transport>> in_memory_pair() {
  auto there = std::make_shared<Channel>();
  auto back = std::make_shared<Channel>();
  return {std::make_unique<InMemory>(back, there), std::make_unique<InMemory>(there, back)};
}

}  // namespace transport
