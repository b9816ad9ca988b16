import Testing

@testable import TicketStore

@Suite struct WriterQueueTests {
    private func job() -> WriteJob { WriteJob({ _ in }, completion: { (_: Result<Void, any Error>) in }) }

    private func queue(_ change: (inout WriterOptions) -> Void = { _ in }) -> WriterQueue {
        var options = WriterOptions()
        options.checkpointFrames = 10
        options.checkpointUrgentFrames = 20
        change(&options)
        return WriterQueue(options: options)
    }

    private func isGroup(_ step: WriterQueue.Step?) -> Bool { if case .group = step { true } else { false } }
    private func isCheckpoint(_ step: WriterQueue.Step?) -> Bool { if case .checkpoint = step { true } else { false } }

    @Test func `only one thread has the connection`() {
        var queue = queue()
        #expect(queue.append(job()) == nil)
        #expect(isGroup(queue.next(mayCheckpoint: true)))
        #expect(queue.append(job()) == nil)
        #expect(queue.next(mayCheckpoint: true) == nil && !queue.hasWork)
        #expect(queue.release(walFrames: 1) == true)
        #expect(isGroup(queue.next(mayCheckpoint: false)))
        #expect(queue.release(walFrames: 1) == false)
    }

    @Test func `a checkpoint that is due waits for the jobs, an urgent one does not`() {
        var queue = queue()
        _ = queue.append(job())
        #expect(isGroup(queue.next(mayCheckpoint: true)))
        _ = queue.append(job())
        #expect(queue.release(walFrames: 15) == true)
        #expect(isGroup(queue.next(mayCheckpoint: true)))
        _ = queue.append(job())
        #expect(queue.release(walFrames: 25) == true)
        #expect(isCheckpoint(queue.next(mayCheckpoint: true)))
    }

    @Test func `a client that never rests does not keep an urgent checkpoint away`() {
        var queue = queue()
        _ = queue.append(job())
        #expect(isGroup(queue.next(mayCheckpoint: false)))
        _ = queue.append(job())
        #expect(queue.release(walFrames: 25) == true)
        #expect(queue.next(mayCheckpoint: false) == nil)
        #expect(isCheckpoint(queue.next(mayCheckpoint: true)))
        let done = CheckpointResult(walFrames: 25, checkpointedFrames: 25, wasBlocked: false)
        #expect(queue.release(after: .success(done)) == true)
        #expect(isGroup(queue.next(mayCheckpoint: false)))
    }

    @Test func `after a failed sync of a checkpoint nothing is accepted, and what waits comes out`() {
        var queue = queue()
        _ = queue.append(job())
        _ = queue.next(mayCheckpoint: true)
        _ = queue.release(walFrames: 25)
        _ = queue.append(job())
        _ = queue.next(mayCheckpoint: true)
        #expect(queue.release(after: .failure(DatabaseError(.ioErrorSync, message: ""))) == true)
        #expect(queue.append(job())?.code == "store.halted")
        #expect(isGroup(queue.next(mayCheckpoint: true)))
    }

    @Test func `closing hands out what waits, then ends`() {
        var queue = queue()
        _ = queue.append(job())
        queue.close()
        #expect(queue.append(job())?.code == "store.closed")
        #expect(isGroup(queue.next(mayCheckpoint: true)))
        #expect(queue.release(walFrames: 1) == true)
        guard case .stop = queue.next(mayCheckpoint: true) else {
            Issue.record("the writer does not end")
            return
        }
    }

    @Test func `a long queue keeps its order and gives its memory back`() {
        var queue = queue { $0.groupJobsMax = 3 }
        for _ in 0..<10 { _ = queue.append(job()) }
        var taken: [Int] = []
        while case .group(let jobs) = queue.next(mayCheckpoint: true) {
            taken.append(jobs.count)
            _ = queue.release(walFrames: 1)
        }
        #expect(taken == [3, 3, 3, 1])
        #expect(queue.jobsWaiting == 0)
    }
}
