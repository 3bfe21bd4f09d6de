#include "protocol/mcp/server_crew.hpp"

#include <sys/timerfd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

namespace mcp {
namespace {

using Clock = std::chrono::steady_clock;

constexpr Alarm::Time kAtOnce{std::chrono::nanoseconds(1)};

}  // namespace

Alarm::Alarm() : timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)) {
  if (timer_.get() < 0) throw std::system_error(errno, std::generic_category(), "timerfd_create");
}

void Alarm::set(Time at) {
  const auto since_boot = at.time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_boot);
  itimerspec time{};
  time.it_value.tv_sec = seconds.count();
  time.it_value.tv_nsec = std::chrono::nanoseconds(since_boot - seconds).count();
  ::timerfd_settime(timer_.get(), TFD_TIMER_ABSTIME, &time, nullptr);
}

void Alarm::wait() {
  std::uint64_t rings = 0;
  while (::read(timer_.get(), &rings, sizeof rings) < 0 && errno == EINTR) {
  }
}

bool Crew::finished() const {
  return ended_ && queue_.empty() && exclusive_running_ == 0 && shared_running_ == 0;
}

bool Crew::has_room() const {
  return queue_.size() < kQueueMax && queued_bytes_ < kQueueBytesMax;
}

bool Crew::can_start() const {
  return !queue_.empty() && exclusive_running_ == 0 &&
         (!queue_.front().exclusive || shared_running_ == 0);
}

// Somebody must be left to read.
bool Crew::may_run() const {
  const bool spare = standing_by_ > 0 || threads_.size() + 1 < kThreadsMax;
  return can_start() && (reading_ || spare || ended_ || !has_room());
}

bool Crew::may_read() const {
  return !reading_ && !ended_ && has_room();
}

bool Crew::must_hurry() const {
  return ended_ && !hurried_ && Clock::now() >= ended_at_ + kPatienceAtEnd;
}

// When a thread that stands by has to do something, as things are now.
std::optional<Alarm::Time> Crew::needed_at() const {
  if (finished() || can_start()) return kAtOnce;
  if (may_read()) return idle_since_ + kHandOff;
  if (ended_ && !hurried_) return ended_at_ + kPatienceAtEnd;
  return std::nullopt;
}

// To be called before this thread lets go of the mutex for long. An alarm that is set already is
// left alone: who hears it too early sets it again, which is cheaper than a system call for each
// job.
void Crew::set_alarm() {
  if (standing_by_ == 0) return;
  const std::optional<Alarm::Time> at = needed_at();
  if (!at || (alarm_at_ && *alarm_at_ <= *at)) return;
  alarm_at_ = at;
  alarm_.set(*at);
}

void Crew::run() {
  {
    const std::lock_guard lock(mutex_);
    add_thread();
  }
  work(false);
  for (std::thread& thread : threads_) thread.join();  // The crew is finished: none is added now.
}

void Crew::add_thread() {
  ++standing_by_;
  threads_.emplace_back([this] { work(true); });
}

void Crew::work(bool standing_by) {
  std::shared_ptr<void> context;
  Lock lock(mutex_);
  if (standing_by) stand_by(lock);
  while (!finished()) {
    if (must_hurry()) {
      hurry(lock);
    } else if (may_run()) {
      run_front(lock, context);
    } else if (may_read()) {
      read_one(lock);
    } else {
      ++standing_by_;
      stand_by(lock);
    }
  }
  set_alarm();  // The next one hears that it is finished.
}

// This thread is counted in standing_by_ already.
void Crew::stand_by(Lock& lock) {
  for (;;) {
    set_alarm();
    lock.unlock();
    alarm_.wait();
    lock.lock();
    alarm_at_.reset();
    const std::optional<Alarm::Time> at = needed_at();
    if (at && *at <= Clock::now()) break;
  }
  --standing_by_;
}

void Crew::read_one(Lock& lock) {
  reading_ = true;
  lock.unlock();
  std::optional<Job> job;
  const bool more = duties_.receive(job);
  lock.lock();
  reading_ = false;
  idle_since_ = Clock::now();
  if (!more) {
    ended_ = true;
    ended_at_ = idle_since_;
  } else if (job) {
    queued_bytes_ += job->bytes;
    queue_.push_back(*std::move(job));
  }
}

void Crew::run_front(Lock& lock, std::shared_ptr<void>& context) {
  Job job = std::move(queue_.front());
  queue_.pop_front();
  queued_bytes_ -= job.bytes;
  std::size_t& running = job.exclusive ? exclusive_running_ : shared_running_;
  ++running;
  if (may_read() && standing_by_ == 0 && threads_.size() + 1 < kThreadsMax) add_thread();
  set_alarm();
  lock.unlock();
  job.run(context);
  job.run = {};
  lock.lock();
  --running;
}

void Crew::hurry(Lock& lock) {
  hurried_ = true;
  lock.unlock();
  duties_.hurry();
  lock.lock();
}

}  // namespace mcp
