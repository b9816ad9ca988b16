import Glibc
import Testing

@testable import TicketStore

@Suite struct StoreLockTests {
    let folder = TemporaryFolder()

    @Test func `a second holder is refused and told who has it`() throws {
        let lock = try StoreLock(path: folder["lock"])
        let error = #expect(throws: StoreLockError.self) { try StoreLock(path: folder["lock"]) }
        #expect(error == .held(path: folder["lock"], processID: getpid()))
        #expect(error?.code == "store.locked")
        #expect(error?.sentence.contains(folder["lock"]) == true)
        withExtendedLifetime(lock) {}
    }

    @Test func `the lock goes with its holder, and what a crash left behind is no obstacle`() throws {
        TestFile.write(folder["lock"], Array("99999999999 and other rubbish\n".utf8))
        for _ in 1...3 {
            let lock = try StoreLock(path: folder["lock"])
            #expect(TestFile.read(folder["lock"]) == Array("\(getpid())\n".utf8))
            withExtendedLifetime(lock) {}
        }
    }

    @Test func `a folder that is not there is told as such`() {
        #expect(code { try StoreLock(path: folder["no/lock"]) } == "store.missing-file")
    }
}
